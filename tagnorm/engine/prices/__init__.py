"""What is known of codes and words before one is read: how often and how they are written."""

"""A service for people and programs: paste and see, browse, upload, and reconcile.

`create_app` makes an ASGI application of a normalizer; `tagnorm serve` runs it. It keeps nothing of
what it is sent: every answer is made from its request, and files are gone when it is answered.
"""

from tagnorm.extras import needing

with needing("serve"):
    from tagnorm.serve.application import create_app
    from tagnorm.serve.settings import Settings

__all__ = ["Settings", "create_app"]

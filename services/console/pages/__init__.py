"""The pages. A page's file stands where its address says: `/calon/<id>/syarat/<kode>` is `calon/syarat.py`."""

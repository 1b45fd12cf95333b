"""What visitors of the partners house may send and see."""

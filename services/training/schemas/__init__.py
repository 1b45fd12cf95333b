"""What visitors of the training house may send and see. Shape only; what can be true is for actions."""

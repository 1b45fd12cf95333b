"""What visitors of the training house may send and see. Shape only; what can be true is a question of model and actions."""

"""What visitors of the placement house may send and see. Shape only; what can be true is a question of the model."""

"""Finding evidence in texts. The home of scikit-learn, spaCy and pandas."""

"""What reports say: bands, weights, trends, advice. Pure: values in, values out."""

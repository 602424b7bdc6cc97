"""One file a revision, each as it was when it was released: none is ever edited after."""

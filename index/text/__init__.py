"""What is done with the words of an article, whoever wrote them down."""

"""What happens to articles: written, looked up for a ticket, judged by readers, asked about by a model."""

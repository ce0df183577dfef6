"""Chat models: whoever speaks a protocol that LangChain knows."""

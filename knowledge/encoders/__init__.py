"""How do texts become vectors? One file per encoder; `knowledge.ports.Encoder` says what each must do."""

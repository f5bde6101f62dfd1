mv content/copies/talk content/copies/talks

"""Site → pages. Decides every output and builds its view; knows no template, no disk and no clock."""

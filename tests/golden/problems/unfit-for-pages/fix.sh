mkdir ../recordings
mv content/static/hearing.mp4 ../recordings/

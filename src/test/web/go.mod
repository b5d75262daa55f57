module web

go 1.24.0

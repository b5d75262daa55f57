module tools

go 1.24.0

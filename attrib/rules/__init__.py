"""The rules, a module a family. Each is a function; its docstring is its documentation and its first test."""

// A name for what the command line's library and the functional types both call Option.
global using ValueOption = System.CommandLine.Option<string>;

global using TinyTcp.Core.Spelling;
// System.CommandLine and LanguageExt both have a type named Option.
global using ValueOption = System.CommandLine.Option<string>;

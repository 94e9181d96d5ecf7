using System.CommandLine;
using Tracker.Server.Import;

var arguments = new RootCommand("Tracker") { ImportCommand.Create(TimeProvider.System) }.Parse(args);
var exitCode = await arguments.InvokeAsync();
return arguments.Errors.Count > 0 ? 2 : exitCode;

using Tracker.DocumentDbGateway.Errors;
using Tracker.DocumentDbGateway.Wire;

namespace Tracker.DocumentDbGateway.Commands;

internal sealed class CommandTable(params IEnumerable<KeyValuePair<string, Command>>[] groups)
{
    // Some have been written in two ways over the years: isMaster and ismaster, findAndModify and findandmodify.
    private readonly Dictionary<string, Command> _commands = new(groups.SelectMany(group => group), StringComparer.OrdinalIgnoreCase);

    public Task<ReadOnlyMemory<byte>> RunAsync(Request request, CancellationToken cancellation) => _commands.TryGetValue(request.Command, out var command)
        ? command(request, cancellation)
        : throw new CommandException(ErrorCode.CommandNotFound, $"no such command: '{request.Command}'");
}

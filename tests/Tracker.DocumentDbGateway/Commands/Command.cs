using Tracker.DocumentDbGateway.Wire;

namespace Tracker.DocumentDbGateway.Commands;

internal delegate Task<ReadOnlyMemory<byte>> Command(Request request, CancellationToken cancellation);

using Grpc.Core;

namespace Tracker.Server.Tests.Hosting;

internal sealed record TestAct(Func<ServerCallContext, Task> Do);

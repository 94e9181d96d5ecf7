namespace Tracker.Server.Tests.Faults;

/// <summary>One after the other, with nothing beside: they load the machine and have limits of time.</summary>
[CollectionDefinition(nameof(FaultCollection), DisableParallelization = true)]
public sealed class FaultCollection;

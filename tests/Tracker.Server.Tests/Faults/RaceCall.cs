namespace Tracker.Server.Tests.Faults;

/// <param name="Started">Taken before anything of the call was sent.</param>
/// <param name="Accepted">Items that were not denied.</param>
internal sealed record RaceCall(long Started, int Accepted);

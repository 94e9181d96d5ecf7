using Tracker.Core.Consents;
using Tracker.Core.Model;

namespace Tracker.Core.Retention;

/// <summary>A consent that has ended, or never was one, without the person's saying so; the ledger does not say it yet.</summary>
/// <param name="ContactChannels">The media that ended with it; empty where the purpose has none.</param>
public sealed record ConsentEnding(ConsentEntry Given, ConsentState State, EndReason Reason, IReadOnlyList<ContactChannel> ContactChannels, DateTimeOffset EndedAt);

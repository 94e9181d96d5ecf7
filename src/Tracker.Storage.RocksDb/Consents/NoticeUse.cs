namespace Tracker.Storage.RocksDb.Consents;

/// <summary>What in the ledgers refers to one version of a notice; it goes with the notice.</summary>
/// <param name="Endless">Entries without an end: those of standing consents, and what is held.</param>
/// <param name="Until">The latest of the notice's own end and those of the entries that have one.</param>
internal sealed record NoticeUse(long Endless, DateTimeOffset Until);

using Tracker.Core.Ingestion;

namespace Tracker.Storage.RocksDb.Records;

/// <summary>What the store knows of one interaction of a micro-batch before anything is written.</summary>
/// <param name="Stored">The entry under its key, expired or not.</param>
internal readonly record struct InteractionPlan(InteractionStanding Standing, InteractionEntry? Stored);

namespace Tracker.Server.Import.Sending;

internal readonly record struct RowPlace(string File, long Line);

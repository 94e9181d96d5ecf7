namespace Tracker.Storage.Mongo.Engine;

/// <summary>A transaction met others until its time was over: the server answers, and it is no sign of an outage.</summary>
internal sealed class ContendedException(Exception late) : Exception(late.Message, late);

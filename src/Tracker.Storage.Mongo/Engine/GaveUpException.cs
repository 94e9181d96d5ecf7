namespace Tracker.Storage.Mongo.Engine;

/// <summary>A caller that went away after it had waited: a cancellation that says the same of the server as a time-out.</summary>
internal sealed class GaveUpException(OperationCanceledException cancelled) : OperationCanceledException(cancelled.Message, cancelled, cancelled.CancellationToken);

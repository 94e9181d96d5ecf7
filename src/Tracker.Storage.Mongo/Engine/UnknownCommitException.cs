namespace Tracker.Storage.Mongo.Engine;

/// <summary>Nobody knows whether the transaction was committed. The caller repeats it, and is then told what is stored.</summary>
internal sealed class UnknownCommitException(Exception fault) : Exception("Nobody knows whether the transaction was committed.", fault);

namespace Tracker.Server.Hosting;

/// <summary>The server cannot start, and the message says what to do about it.</summary>
internal sealed class StartRefusedException(string message, Exception? inner = null) : Exception(message, inner);

namespace Tracker.DocumentDbGateway.Wire;

/// <summary>What arrived is not MongoDB's protocol, or a part of it that is not served: the connection is closed.</summary>
internal sealed class ProtocolException(string message, Exception? inner = null) : Exception(message, inner);

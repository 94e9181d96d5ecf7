using System.Text.Json;

namespace Tracker.Storage.Tests;

/// <summary>All fields of a document as text, so that two documents can be compared field by field.</summary>
public static class Snapshot
{
    public static string Of<T>(T document) => JsonSerializer.Serialize(document);
}

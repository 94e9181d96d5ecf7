using Google.Protobuf.Collections;

namespace Tracker.Server.Model;

/// <summary>proto3 knows no absent string: an empty one is absent.</summary>
internal static class TextMapping
{
    public static string? OrNull(this string text) => text.Length == 0 ? null : text;

    public static IReadOnlyList<string>? OrNull(this RepeatedField<string> texts) => texts.Count == 0 ? null : [.. texts];

    public static string OrEmpty(this string? text) => text ?? "";

    public static IEnumerable<T> OrEmpty<T>(this IEnumerable<T>? items) => items ?? [];
}

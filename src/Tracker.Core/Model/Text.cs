namespace Tracker.Core.Model;

/// <summary>The rules that every text of a caller is held to.</summary>
public static class Text
{
    public const string NoLostCharacters = "must be well-formed Unicode without U+FFFD, which stands for a character lost on the way";

    /// <returns>What is wrong with it; null if nothing is.</returns>
    public static string? Check(string text, int maxLength, bool isRequired = false)
    {
        if (text.Length == 0)
        {
            return isRequired ? "is required" : null;
        }

        if (text.Length > maxLength)
        {
            return $"must have at most {maxLength} characters";
        }

        foreach (var c in text)
        {
            if (char.IsControl(c))
            {
                return "must not contain control characters";
            }
        }

        return null;
    }

    /// <summary>
    /// Whether it is well-formed Unicode of which nothing was lost on the way. U+FFFD stands for any character that was:
    /// two texts that hold it and are equal may have been two. U+FFFE the runtime refuses to normalise.
    /// </summary>
    public static bool IsWhole(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is 0xFFFD or 0xFFFE)
            {
                return false;
            }
        }

        return true;
    }

    /// <returns>What is wrong with it as a name of letters, digits, "_", "-" and "."; null if nothing is.</returns>
    public static string? CheckName(string text, int maxLength) =>
        Check(text, maxLength, isRequired: true)
        ?? (text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') ? null : "may have letters, digits, \"_\", \"-\" and \".\" only");
}

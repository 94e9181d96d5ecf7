namespace Tracker.Core.Model;

/// <summary>The rules that every text of a caller is held to.</summary>
public static class Text
{
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

    /// <returns>What is wrong with it as a name of letters, digits, "_", "-" and "."; null if nothing is.</returns>
    public static string? CheckName(string text, int maxLength) =>
        Check(text, maxLength, isRequired: true)
        ?? (text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') ? null : "may have letters, digits, \"_\", \"-\" and \".\" only");
}

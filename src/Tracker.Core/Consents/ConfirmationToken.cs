using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>
/// Confirms a consent for one medium: whoever follows a link in a mail has shown to read that mail, and nothing of a telephone
/// number. The medium stands before the 256 random bits; only the whole is known, so that nobody can change it.
/// </summary>
/// <param name="ContactChannel">Unspecified: the consent is for no medium in particular.</param>
public sealed record ConfirmationToken(ContactChannel ContactChannel, string Text)
{
    private const int Bytes = 32;

    public static ConfirmationToken New(ContactChannel medium) =>
        new(medium, $"{((int)medium).ToString(CultureInfo.InvariantCulture)}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes))}");

    /// <returns>Null: it names none, as those of earlier versions.</returns>
    public static ContactChannel? MediumOf(string text) =>
        text.Split('.') is [{ Length: 1 } medium, _] && byte.TryParse(medium, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (ContactChannel)number
            : null;

    // A record would print its values; logs and messages must never hold them.
    public override string ToString() => nameof(ConfirmationToken);
}

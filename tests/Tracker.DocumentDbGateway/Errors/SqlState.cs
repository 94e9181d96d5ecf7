using System.Globalization;

namespace Tracker.DocumentDbGateway.Errors;

/// <summary>What PostgreSQL and the extension call an error, and what MongoDB calls the same.</summary>
internal static class SqlState
{
    public const string SerializationFailure = "40001";
    public const string Deadlock = "40P01";

    // The extension numbers MongoDB's codes in SQLSTATEs of its own, M0000 onwards. Those that applications look at; what is
    // not here is told as BadValue, because nearly all of it is about the arguments of operators.
    private static readonly Dictionary<string, int> OfExtension = Parse("""
        M0000 1 M0001 2 M0002 5 M0003 9 M0004 14 M0005 15 M0006 20 M0007 23 M0008 26 M0009 27 M000A 28 M000B 31
        M000C 34 M000D 40 M000E 43 M000F 48 M000G 52 M000H 53 M000I 54 M000J 56 M000K 57 M000L 61 M000M 66 M000N 67
        M000O 68 M000P 72 M000Q 73 M000R 85 M000S 86 M000T 111 M000U 115 M000V 118 M000W 146 M000X 159 M000Y 165
        M000Z 166 M0010 167 M0011 181 M0012 197 M0013 224 M0014 232 M0015 241 M0016 263 M0017 276 M0018 291 M0019 361
        M001A 10065 M001B 10334 M001C 11000 M001D 12587 M001E 13026 M001F 13027 M001G 13068 M001H 13113 M001I 13297
        M003A 17419 M003B 17420 M007U 40324 M0087 40414 M0088 40415 M00CO 121 M00DO 16 M00DR 8000 M00E7 13
        M00E8 10107 M00EL 143 M00EM 13103 M00ER 13 M00EW 24 M00EX 50 M00EY 59 M00F0 91 M00F1 112 M00F2 117 M00F4 201
        M00F5 225 M00F6 251 M00F7 256 M00F8 261
        """);

    public static ErrorCode ToCode(string state) => state switch
    {
        // Builds of unique indexes raise an exclusion violation.
        "23505" or "23P01" => ErrorCode.DuplicateKey,
        SerializationFailure or Deadlock => ErrorCode.WriteConflict,
        "55P03" => ErrorCode.LockTimeout,
        "57014" or "25P04" => ErrorCode.MaxTimeMSExpired,
        "42P01" => ErrorCode.NamespaceNotFound,
        "42P07" => ErrorCode.NamespaceExists,
        "0A000" => ErrorCode.CommandNotSupported,
        "22P02" => ErrorCode.FailedToParse,
        "22023" or "22016" => ErrorCode.BadValue,
        "25P02" => ErrorCode.NoSuchTransaction,
        "25006" => ErrorCode.NotWritablePrimary,
        "53100" => ErrorCode.OutOfDiskSpace,
        "54000" => (ErrorCode)201,
        "42501" => ErrorCode.Unauthorized,
        "57P01" or "57P02" or "57P03" => ErrorCode.ShutdownInProgress,
        ['M', _, _, _, _] => (ErrorCode)OfExtension.GetValueOrDefault(state, (int)ErrorCode.BadValue),
        _ => ErrorCode.InternalError,
    };

    /// <summary>Inside replies the extension gives its SQLSTATE as PostgreSQL packs it: six bits a character, the low ones first.</summary>
    public static ErrorCode FromPacked(int packed)
    {
        if (packed < 1 << 24)
        {
            return (ErrorCode)packed;
        }

        var state = string.Create(5, packed, static (characters, bits) =>
        {
            for (var i = 0; i < characters.Length; i++, bits >>= 6)
            {
                characters[i] = (char)((bits & 0x3F) + '0');
            }
        });
        return ToCode(state);
    }

    private static Dictionary<string, int> Parse(string pairs) => pairs
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Chunk(2)
        .ToDictionary(pair => pair[0], pair => int.Parse(pair[1], CultureInfo.InvariantCulture));
}

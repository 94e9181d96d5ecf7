using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Tracker.TestKit;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.EndToEnd;

/// <summary>Values of a person sent through every method of the ledger are found in no file, no log line and no refusal.</summary>
public sealed class ConsentMarkerTests
{
    private const string Marker = "marker-9d2e";
    private const string Phone = "+393331112233";
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;
    private readonly List<string> _refusals = [];
    private readonly Timestamp _now = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddMinutes(-1));

    [Fact]
    public async Task Neither_store_nor_log_nor_refusal_holds_a_value_of_the_person()
    {
        await using var server = await TestServer.StartAsync(_cancellation);
        var token = await DecideAsync(server.Consents);
        await AskAsync(server.Consents);
        await MistakeAsync(server.Consents);
        var dump = string.Join('\n', await server.DumpAsync(_cancellation));
        await server.Process.TerminateAsync(_cancellation);
        await server.Process.WaitAsync(_cancellation);

        string[] secrets = [Marker, Phone, Phone[1..], "203.0.113.77", token];
        var told = string.Join('\n', _refusals) + server.Process.Output + server.Process.Error + dump;
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, told, StringComparison.OrdinalIgnoreCase));
        Assert.All(
            Directory.EnumerateFiles(server.Folder, "*", SearchOption.AllDirectories),
            file => Assert.All(secrets, secret => Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(secret)))));
    }

    private async Task<string> DecideAsync(Wire.ConsentService.ConsentServiceClient consents)
    {
        await consents.RegisterNoticeAsync(
            new()
            {
                NoticeId = "privacy",
                Version = "1",
                Text = "We use your data for …",
                Language = "it",
                EffectiveAt = _now,
                Medium = Wire.NoticeMedium.Written,
                Purposes = { Wire.Purpose.DirectMarketing, Wire.Purpose.Profiling },
                Controller = new() { Id = "demo", Name = "Demo S.p.A.", Contact = "dpo@demo.example", Address = "Via Roma 1, Milano" },
            },
            cancellationToken: _cancellation);
        var asked = await consents.RecordConsentAsync(Asked("form-1"), cancellationToken: _cancellation);
        await consents.ConfirmConsentAsync(
            new() { Token = asked.ConfirmationToken, IpAddress = "203.0.113.77", UserAgent = $"{Marker} browser" }, cancellationToken: _cancellation);
        await consents.WithdrawConsentAsync(new() { RequestId = $"{Marker}-w", Profile = Person, Purpose = Wire.Purpose.Profiling }, cancellationToken: _cancellation);
        await consents.RecordObjectionAsync(new() { RequestId = $"{Marker}-o", Profile = Person, Purpose = Wire.Purpose.DirectMarketing }, cancellationToken: _cancellation);
        await consents.RecordSoftOptInAsync(
            new() { RequestId = $"{Marker}-s", Identifiers = { Person.Identifier }, Terms = new() { InSale = true, Informed = true, AddressFromSubject = true }, GivenAt = _now, NoticeId = "privacy", NoticeVersion = "1", NoticeShownAt = _now },
            cancellationToken: _cancellation);
        await consents.RecordRegisterCheckAsync(
            new() { RequestId = $"{Marker}-r", Profile = new() { Identifier = Number }, CheckedAt = _now }, cancellationToken: _cancellation);
        await consents.CloseConsentAsync(
            new()
            {
                RequestId = $"{Marker}-c",
                Profile = Person,
                ConsentId = asked.Consent.ConsentId,
                State = Wire.ConsentState.Invalidated,
                Reason = Wire.EndReason.EvidenceVoid,
                AuthorityReference = "dpo-1",
            },
            cancellationToken: _cancellation);
        var receipt = await consents.GetConsentProofAsync(
            new() { Profile = Person, Purpose = Wire.Purpose.ConsentEvidence, ConsentId = asked.Consent.ConsentId }, cancellationToken: _cancellation);
        Assert.DoesNotContain($"{Marker}@example.com", receipt.ToString(), StringComparison.Ordinal);
        return asked.ConfirmationToken;
    }

    private async Task AskAsync(Wire.ConsentService.ConsentServiceClient consents)
    {
        await consents.ListConsentsAsync(new() { Profile = Person, Purpose = Wire.Purpose.RightsHandling }, cancellationToken: _cancellation);
        await consents.GetConsentStateAsync(
            new() { Profile = Person, Purpose = Wire.Purpose.RightsHandling, ConsentedPurpose = Wire.Purpose.Profiling }, cancellationToken: _cancellation);
        await consents.CheckPromptAsync(new() { Profile = Person, Purpose = Wire.Purpose.Profiling }, cancellationToken: _cancellation);
        await consents.CheckPermissionAsync(new() { Profile = Person, Purpose = Wire.Purpose.Profiling }, cancellationToken: _cancellation);
        await consents.CheckAudienceAsync(
            new() { Profiles = { Person, Stranger }, Purpose = Wire.Purpose.DirectMarketing, ContactChannel = Wire.ContactChannel.Email }, cancellationToken: _cancellation);
    }

    /// <summary>The same values where they do not belong.</summary>
    private async Task MistakeAsync(Wire.ConsentService.ConsentServiceClient consents)
    {
        var misplaced = Asked("form-2");
        misplaced.NoticeId = $"{Marker}@example.com";
        misplaced.Evidence.Sha256 = Marker;
        misplaced.Evidence.ControlId = new string('x', 100) + Marker;
        misplaced.Recipient = new string('x', 100) + Marker;
        misplaced.AuthorityReference = new string('x', 100) + Marker;
        var unknown = Asked("form-3");
        unknown.NoticeId = Marker;
        var broken = Asked("form-4");
        broken.Identifiers[0].Value = $"{Marker} at example";
        await RefusedAsync(() => consents.RecordConsentAsync(misplaced, cancellationToken: _cancellation));
        await RefusedAsync(() => consents.RecordConsentAsync(unknown, cancellationToken: _cancellation), mayNameNotice: true);
        await RefusedAsync(() => consents.RecordConsentAsync(broken, cancellationToken: _cancellation));
        await RefusedAsync(() => consents.ConfirmConsentAsync(new() { Token = Marker }, cancellationToken: _cancellation));
        await RefusedAsync(() => consents.WithdrawConsentAsync(new() { RequestId = new string('x', 200) + Marker, Profile = Person, Purpose = (Wire.Purpose)9_999 }, cancellationToken: _cancellation));
        await RefusedAsync(() => consents.WithdrawConsentAsync(new() { RequestId = Marker, Profile = new() { ProfileId = Marker }, ConsentId = Marker }, cancellationToken: _cancellation));
        await RefusedAsync(() => consents.RecordObjectionAsync(new() { RequestId = Marker, Profile = new() { Identifier = new() { Kind = Wire.IdentifierKind.Phone, Value = Marker } } }, cancellationToken: _cancellation));
        await RefusedAsync(() => consents.DecideObjectionAsync(new() { RequestId = Marker, Profile = Stranger, ObjectionId = Marker, GroundsReference = Marker }, cancellationToken: _cancellation));
        await RefusedAsync(() => consents.CloseConsentAsync(new() { RequestId = Marker, Profile = Stranger, ConsentId = Marker }, cancellationToken: _cancellation));
        await RefusedAsync(() => consents.RecordSoftOptInAsync(new() { RequestId = Marker, Identifiers = { Number } }, cancellationToken: _cancellation));
        await RefusedAsync(() => consents.RecordRegisterCheckAsync(new() { RequestId = Marker, Profile = Stranger, CheckedAt = _now }, cancellationToken: _cancellation));
        await RefusedAsync(() => consents.ListConsentsAsync(new() { Profile = Stranger, Purpose = Wire.Purpose.RightsHandling, PageToken = Marker }, cancellationToken: _cancellation));
        await RefusedAsync(() => consents.GetConsentStateAsync(new() { Profile = Stranger, Purpose = Wire.Purpose.RightsHandling, ConsentedPurpose = Wire.Purpose.Profiling }, cancellationToken: _cancellation));
        await RefusedAsync(() => consents.GetConsentProofAsync(new() { Profile = Stranger, Purpose = Wire.Purpose.RightsHandling, ConsentId = Marker }, cancellationToken: _cancellation));
        await RefusedAsync(() => consents.CheckAudienceAsync(new() { Profiles = { new Wire.ProfileReference { ProfileId = Marker } }, Purpose = Wire.Purpose.Profiling }, cancellationToken: _cancellation));
        await RefusedAsync(() => consents.CheckPermissionAsync(new() { Profile = Person, Purpose = Wire.Purpose.Profiling, Recipient = $"{Marker} {Marker}" }, cancellationToken: _cancellation));
    }

    private async Task RefusedAsync<T>(Func<AsyncUnaryCall<T>> call, bool mayNameNotice = false)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call());
        Assert.True(refused.StatusCode is StatusCode.InvalidArgument or StatusCode.NotFound or StatusCode.FailedPrecondition, $"{refused.StatusCode}: {refused.Status.Detail}");
        if (!mayNameNotice)
        {
            _refusals.Add(refused.Status.Detail + string.Join(',', refused.Trailers.Select(entry => entry.IsBinary ? System.Text.Encoding.UTF8.GetString(entry.ValueBytes) : entry.Value)));
        }
    }

    private static Wire.Identifier Number => new() { Kind = Wire.IdentifierKind.Phone, Value = Phone };

    private static Wire.ProfileReference Person => new() { Identifier = new() { Kind = Wire.IdentifierKind.Email, Value = $"{Marker}@example.com" } };

    private static Wire.ProfileReference Stranger => new() { Identifier = new() { Kind = Wire.IdentifierKind.Email, Value = $"stranger-{Marker}@example.com" } };

    private Wire.RecordConsentRequest Asked(string id) => new()
    {
        RequestId = $"{Marker}-{id}",
        Identifiers = { Person.Identifier, Number },
        Purpose = Wire.Purpose.DirectMarketing,
        ContactChannels = { Wire.ContactChannel.Email },
        State = Wire.ConsentState.Given,
        DecidedAt = _now,
        NoticeId = "privacy",
        NoticeVersion = "1",
        NoticeShownAt = _now,
        PurposeText = Proof.Words,
        Age = new() { BirthDate = new() { Year = 1980, Month = 2, Day = 29 } },
        Evidence = new()
        {
            Kind = Wire.EvidenceKind.Form,
            Sha256 = Proof.Sha256(id),
            CapturedAt = _now,
            CapturedBy = "web",
            TextShownSha256 = Proof.Sha256(Proof.Words),
            ControlId = "newsletter",
            Act = Wire.ConsentAct.Clicked,
            Form = new()
            {
                FormId = "signup",
                FormVersion = "1",
                SnapshotSha256 = Proof.Sha256("snapshot"),
                Controls = { new Wire.ControlValue { Name = "newsletter", Value = Marker } },
                SessionId = $"session-{Marker}",
                IpAddress = "203.0.113.77",
            },
        },
    };
}

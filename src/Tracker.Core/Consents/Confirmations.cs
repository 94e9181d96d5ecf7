using System.Security.Cryptography;
using System.Text;
using Tracker.Core.Consents.Proof;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

/// <summary>
/// The second half of a double opt-in. A token is good once, for the medium it was made for, until its time is over, and
/// not after the person has said no in between (E44); a second click answers what the first did.
/// </summary>
public sealed class Confirmations(IConsentStore store, INoticeStore notices, LedgerAppender appender, KeyedHasher hasher)
{
    private const int MaxToken = 128;

    public async Task<ConsentAppended> ConfirmAsync(Caller caller, ConfirmationDraft draft, CancellationToken cancellation)
    {
        Check(draft);
        var pending = await store.FindConfirmationAsync(caller.Tenant, hasher.Confirmation(caller.Tenant, draft.Token), cancellation)
            ?? throw RefusalException.TokenExpired();
        var medium = ConfirmationToken.MediumOf(draft.Token) ?? DoubleOptIn.Media(pending)[0];
        var notice = await notices.FindAsync(caller.Tenant, pending.NoticeId ?? "", pending.NoticeVersion ?? "", cancellation);
        var request = new LedgerRequest
        {
            Caller = caller,
            RequestId = $"confirm/{pending.Id}/{medium}",
            Named = pending.Profile,
            IsOwn = true,
            IsSame = stored => stored.RefersTo == pending.Id && ConsentFold.Channels(stored).Contains(medium),
        };
        return await appender.AppendAsync(request, view => Decide(draft, pending.Id, medium, notice?.Scope.IsChildLanguage == true, view), cancellation);
    }

    private static void Check(ConfirmationDraft draft)
    {
        var violations = Violations.After(draft.Violations);
        violations.AddIf("token", Text.Check(draft.Token, MaxToken, isRequired: true));
        violations.Require(draft.IpAddress.Length == 0 || IpMask.IsAddress(draft.IpAddress), "ip_address", "must be an IP address");
        violations.AddIf("user_agent", Text.Check(draft.UserAgent, 256));
        violations.CheckTime("mail_sent_at", draft.MailSentAt, isRequired: false);
        violations.Refuse();
    }

    private static LedgerStep Decide(ConfirmationDraft draft, ConsentId id, ContactChannel medium, bool isChildLanguage, LedgerView view)
    {
        if (view.Ledger.FirstOrDefault(entry => entry.RefersTo == id && entry.State == ConsentState.Given && ConsentFold.Channels(entry).Contains(medium)) is { } confirmed)
        {
            return view.History.Consents.Any(span => span.Id == confirmed.Id && span.ContactChannel == medium && span.Until > view.Now)
                ? LedgerStep.Known(confirmed)
                : throw RefusalException.TokenExpired();
        }

        var pending = view.Ledger.FirstOrDefault(entry => entry.Id == id) ?? throw RefusalException.TokenExpired();
        if (!view.History.Consents.Any(span => span.Id == id && span.ContactChannel == medium && span.Until > view.Now))
        {
            throw RefusalException.TokenExpired();
        }

        // What has become known of the person since the request counts, and with the click it is given: who asked must have been able to then and now.
        var asked = view.Open(pending) ?? new();
        var age = view.Policy.Children.Stating(view.Age, asked.Age, asked.Age?.StatedAt ?? view.Now);
        _ = CheckGift(pending);
        var gift = CheckGift(pending with { EffectiveAt = view.Now });
        var details = ToDetails(draft, pending, asked, medium, view);
        return new(gift with
        {
            Id = ConsentId.New(view.Now),
            Sequence = 0,
            State = ConsentState.Given,
            // Media whose address this click does not prove wait on.
            ContactChannels = [.. pending.ContactChannels.Where(channel => channel == medium)],
            ActChannels = pending.WholeAct,
            // A request from before they were kept has its address in its proof.
            Addresses = ContactAddress.Of(medium, pending.Addresses.Count > 0 ? pending.Addresses : DoubleOptIn.AddressesOf(details.DoubleOptIn!.AddressHash)),
            RecordedAt = view.Now,
            StatedAt = null,
            ConfirmBy = null,
            RefersTo = id,
            // The proof begins with the request: a no in between ends it also where it becomes known later (E44).
            Evidence = new(EvidenceKind.DoubleOptIn, Hash(EvidenceJson.Write(details.DoubleOptIn!)), pending.ProvedAt(), pending.Evidence!.CapturedBy)
            {
                TextShownSha256 = pending.Evidence.TextShownSha256,
                ControlId = pending.Evidence.ControlId,
                Act = ConsentAct.Clicked,
            },
        })
        {
            Details = details,
            Age = age == view.Age ? null : age,
        };

        ConsentEntry CheckGift(ConsentEntry asking) =>
            Authority.CheckGift(view.Policy, view.Person.AgeOf(age), asking, isChildLanguage, isChildDirected: false, livedAt: view.Now);
    }

    /// <summary>The proof of the request goes along: its own entry ends with the token.</summary>
    private static EvidenceDetails ToDetails(ConfirmationDraft draft, ConsentEntry pending, EvidenceDetails asked, ContactChannel medium, LedgerView view) => asked with
    {
        Age = null,
        DoubleOptIn = new()
        {
            RequestConsentId = pending.Id.ToString(),
            RequestKind = pending.Evidence!.Kind,
            RequestSha256 = pending.Evidence.Sha256,
            RequestedAt = pending.EffectiveAt,
            TokenSha256 = Hash(Encoding.UTF8.GetBytes(draft.Token)),
            SentAt = draft.MailSentAt is { } sent && sent >= pending.RecordedAt && sent <= view.Now ? sent.ToStored() : pending.RecordedAt,
            ConfirmedAt = view.Now,
            ConfirmIpAddress = IpMask.Mask(draft.IpAddress),
            ConfirmUserAgent = draft.UserAgent,
            AddressHash = DoubleOptIn.AddressOf(medium, asked.AddressHash ?? ""),
        },
    };

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

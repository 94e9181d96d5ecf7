using Microsoft.Extensions.Options;
using Tracker.Core.Consents;
using Tracker.Core.Consents.Receipts;
using Tracker.Core.Model;

namespace Tracker.Server.Consents;

internal static class ConsentsFeature
{
    public static IServiceCollection AddConsents(this IServiceCollection services)
    {
        services.AddOptions<ConsentOptions>()
            .BindConfiguration(ConsentOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<ConsentOptions>, ConsentOptionsValidator>();
        return services
            .AddSingleton(provider => new SecondPass(provider.GetRequiredService<IOptions<ConsentOptions>>().Value.SecondPassDelay))
            .AddSingleton<OtherProfilesReader>()
            .AddSingleton<NoticeRegister>()
            .AddSingleton<NoticeAudit>()
            .AddSingleton<NoticeCheck>()
            .AddSingleton<LedgerPreparation>()
            .AddSingleton<LedgerAppender>()
            .AddSingleton<NoAppender>()
            .AddSingleton<ConsentLedger>()
            .AddSingleton<Confirmations>()
            .AddSingleton<ConsentClosing>()
            .AddSingleton<ObjectionLedger>()
            .AddSingleton<ContactLedger>()
            .AddSingleton<ReceiptWriter>()
            .AddSingleton<ConsentReader>()
            .AddSingleton<PromptCheck>()
            .AddSingleton<PeopleReader>()
            .AddSingleton<PermissionCheck>()
            .AddSingleton<ConsentService>();
    }
}

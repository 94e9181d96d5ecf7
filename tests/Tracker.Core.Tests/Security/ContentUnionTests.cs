using Tracker.Core.Model.Content;
using Tracker.Core.Security;

namespace Tracker.Core.Tests.Security;

public sealed class ContentUnionTests
{
    [Fact]
    public void Together_records_have_all_that_each_of_them_has()
    {
        CommerceLine[] lines = [new() { ProductId = "shirt", Quantity = 2 }, new() { ProductId = "insulin", Quantity = 1 }];
        var fiscal = new SealedContent("m", new() { Commerce = new() { Lines = lines, Total = new("EUR", 21.00m) }, Store = new() { StoreId = "7", BusinessDate = new(2026, 11, 23) } });
        var safety = new SealedContent("m", new() { Commerce = new() { OrderId = "o", Lines = [lines[0]] }, Origin = new() { Name = "spring" } });

        foreach (var content in new[] { ContentUnion.Of([fiscal, safety]), ContentUnion.Of([safety, fiscal]) })
        {
            Assert.Equal(("m", "o", 2, 21m), (content.MessageId, content.Content.Commerce!.OrderId, content.Content.Commerce.Lines!.Count, content.Content.Commerce.Total!.Amount));
            Assert.Equal(("7", new DateOnly(2026, 11, 23), "spring"), (content.Content.Store!.StoreId, content.Content.Store.BusinessDate, content.Content.Origin!.Name));
        }
    }

    [Fact]
    public void One_alone_is_as_it_is()
    {
        var only = new SealedContent("m", InteractionContent.Empty);

        Assert.Same(only, ContentUnion.Of([only]));
    }
}

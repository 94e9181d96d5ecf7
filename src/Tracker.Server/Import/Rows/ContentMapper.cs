using Tracker.Contracts.V1;
using Tracker.Server.Import.Mappings;

namespace Tracker.Server.Import.Rows;

internal sealed class ContentMapper(ImportMapping mapping)
{
    private readonly DocumentFields _document = mapping.Document;

    public Content Map(ImportRow first, IReadOnlyList<CommerceLine> lines)
    {
        var content = new Content { Commerce = MapCommerce(first, lines) };

        if (_document.DocumentNumber is { } number)
        {
            content.Fiscal = new FiscalIdentity { DocumentNumber = first[number] ?? "" };
        }

        if (_document.StoreId is not null || _document.ReceiptNumber is not null)
        {
            content.Store = new StoreContext
            {
                StoreId = Text(first, _document.StoreId),
                ReceiptNumber = Text(first, _document.ReceiptNumber),
            };
        }

        return content;
    }

    private static string Text(ImportRow row, Column? column) => column is { } known ? row[known] ?? "" : "";

    private Commerce MapCommerce(ImportRow first, IReadOnlyList<CommerceLine> lines)
    {
        var commerce = new Commerce { OrderId = Text(first, _document.OrderId), Lines = { lines } };
        if (mapping.HasTotal)
        {
            commerce.Total = MoneyMapper.ToMoney(mapping.Currency, lines.Sum(line => line.Amount.DecimalValue));
        }

        return commerce;
    }
}

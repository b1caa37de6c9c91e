// The billing part of the page. It is hidden if there are no customers.

const InvoicesMax = 200;
const ChargesMax = 200;
const CustomersMax = 200;
const QuotesMax = 200;

export async function showBilling(page) {
  const { $, get, inLedger } = page;
  const customers = await get(inLedger(`/customers?limit=${CustomersMax}`));
  const isUsed = customers.items.length > 0;
  for (const id of ["billing", "customers-card", "charges-card"]) $(id).hidden = !isUsed;
  if (!isUsed) {
    $("quotes-card").hidden = true;
    return;
  }
  const [charges, invoices, quotes] = await Promise.all([
    get(inLedger(`/charges?uninvoiced=true&limit=${ChargesMax}`)),
    get(inLedger(`/invoices?newest_first=true&limit=${InvoicesMax}`)),
    get(inLedger(`/quotes?limit=${QuotesMax}`)),
  ]);
  showCustomers(page, customers.items);
  showCharges(page, charges.items);
  showInvoices(page, invoices.items);
  $("quotes-card").hidden = quotes.items.length === 0;
  showQuotes(page, quotes.items);
}

function showCustomers({ fill, element, cell }, customers) {
  fill("customers", customers.map((customer) => element("tr", "", cell("name", customer.customer),
    customer.party ? cell("name", customer.party.name) : cell("soft", "erased"), cell("", customer.country),
    cell("soft roomy", customer.treatment.replaceAll("_", " ")))),
  customers.map((customer) => `${customer.customer}:${customer.block}`));
}

function showCharges({ fill, element, cell, money, when }, charges) {
  fill("charges", charges.map((charge) => element("tr", "", cell("", when(charge.date)),
    cell("name", charge.customer, element("span", "small", charge.description)),
    cell("number", money(charge.amount, charge.asset), " ",
      element("span", "soft", `${charge.asset} ${charge.prices}`)))),
  charges.map((charge) => charge.id));
}

function showInvoices(page, invoices) {
  const { fill, element, cell, money, when } = page;
  fill("invoices", invoices.map((invoice) => {
    const isCredit = invoice.kind === "credit_note";
    // It was made elsewhere: there is no paper of it here.
    const isOpening = invoice.kind === "opening";
    const badge = element("span", invoice.status === "open" && !isCredit ? "badge" : "badge good",
      isCredit ? `credits ${invoice.corrects}` : invoice.status.replaceAll("_", " "));
    const isPartly = !isCredit && invoice.open !== 0 && invoice.open !== invoice.amount;
    return element("tr", "", cell("", invoice.number),
      cell("", when(invoice.date), element("span", "small", `due ${when(invoice.due)}`)),
      cell("name", invoice.customer),
      cell("number roomy", money(invoice.net, invoice.asset)), cell("number roomy", money(invoice.tax, invoice.asset)),
      cell("number", money(invoice.amount, invoice.asset), " ", element("span", "soft", invoice.asset)),
      cell("", badge, isOpening ? element("span", "small", "from another program") : null,
        isPartly ? element("span", "small", `${money(invoice.open, invoice.asset)} open`) : null),
      isOpening ? cell("")
        : cell("", paperLink(page, invoice.number, "pdf"), " ", paperLink(page, invoice.number, "xml")));
  }), invoices.map((invoice) => `${invoice.number}:${invoice.status}:${invoice.open}`));
}

function showQuotes(page, quotes) {
  const { fill, element, cell, money, when } = page;
  fill("quotes", quotes.map((quote) => element("tr", "", cell("", quote.number),
    cell("", when(quote.date),
      quote.valid_until ? element("span", "small", `until ${when(quote.valid_until)}`) : null),
    cell("name", quote.customer),
    cell("number", money(quote.amount, quote.asset), " ", element("span", "soft", quote.asset)),
    cell("", element("span", quote.status === "open" ? "badge" : "badge good", quote.status)),
    cell("", paperLink(page, quote.number, "pdf", "quotes")))),
  quotes.map((quote) => `${quote.number}:${quote.status}`));
}

function paperLink({ element, inLedger, request }, number, kind, list = "invoices") {
  const link = element("a", "", kind.toUpperCase());
  link.href = inLedger(`/${list}/${encodeURIComponent(number)}.${kind}`);
  link.addEventListener("click", async (event) => {
    // A link cannot carry a key, so the file is fetched with the key and then handed over.
    if (!sessionStorage.getItem("key")) return;
    event.preventDefault();
    const file = document.createElement("a");
    file.href = URL.createObjectURL(await (await request(link.getAttribute("href"))).blob());
    file.download = `${number}.${kind}`;
    file.click();
    URL.revokeObjectURL(file.href);
  });
  return link;
}

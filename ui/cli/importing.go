package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gyre/feed/importer"
	"gyre/feed/store"
	"gyre/feed/web"
	"gyre/model/num"
	"gyre/model/session"
)

// maxImport is how large a file may be that is imported.
const maxImport = 512 << 20

// imports is what the flags of gyre import say.
type imports struct {
	index     string
	asOf      session.Date
	columns   map[string]string
	wide      bool
	levels    bool
	decorated bool
	layout    string
	companies string
}

func (s *shell) importCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import",
		Short: "Bring your own data into the store",
		Long: "import reads other people's files into the store, each as a whole or not at all, and says what it read, kept and " +
			"left out, and what looks wrong. Bring closes before lists of holdings: they tell wrong symbols. A file may be " +
			"an https address.",
		Example: "gyre import closes prices.csv.gz --columns date=trade_date,marketcap=marketCap\n" +
			"gyre import closes --levels --wide RUT.csv\n" +
			"gyre import holdings IWM_holdings.csv --index RUT\n" +
			"gyre import facts --companies company_tickers.json CIK0000320193.json\n" +
			"gyre import calendar bls.ics\n" +
			"gyre snapshot --data store --at end",
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	s.flags.storeFlag(cmd)
	flags := &imports{}
	cmd.AddCommand(
		s.importing(flags, "holdings", "Members of an index, from an iShares list of holdings", s.importHoldings, "index", "as-of"),
		s.importing(flags, "closes", "Daily closes of stocks, or with --levels of indices, from CSV", importPrices,
			"columns", "wide", "levels", "decorated", "date-layout"),
		s.importing(flags, "facts", "Shares, debt and cash, from SEC company facts or CSV", s.importFacts, "columns", "as-of", "decorated", "companies"),
		s.importing(flags, "calendar", "Releases, from ICS, CSV or the weekly JSON", importCalendar, "columns"),
		s.importing(flags, "actions", "Splits, mergers and changes of symbols, from CSV", importActions, "columns"),
	)
	return cmd
}

// file is what is imported.
type file struct {
	name string
	text []byte
}

// importing is one of the import commands.
func (s *shell) importing(
	flags *imports, kind, short string,
	read func(context.Context, *store.Store, *imports, file) (store.Batch, *importer.Report, error), takes ...string,
) *cobra.Command {
	cmd := &cobra.Command{Use: kind + " file|address ...", Short: short}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usagef("gyre import %s needs a file; gyre import %s --help shows which", kind, kind)
		}
		for _, name := range args {
			text, err := s.fetch(cmd.Context(), name)
			if err != nil {
				return err
			}
			f := file{path.Base(filepath.ToSlash(name)), text}
			if err := s.withStore(cmd.Context(), store.Open, func(kept *store.Store) error {
				batch, report, err := read(cmd.Context(), kept, flags, f)
				return s.keep(cmd.Context(), kept, f.name, batch, report, err)
			}); err != nil {
				return err
			}
		}
		return nil
	}
	flags.define(cmd, takes)
	return cmd
}

// define adds the flags that a command takes.
func (f *imports) define(cmd *cobra.Command, takes []string) {
	set := cmd.Flags()
	for _, name := range takes {
		switch name {
		case "index":
			set.StringVar(&f.index, name, "", "index whose members they are: RUT, RMICRO or SPX")
			suggest(cmd, name, []string{"RUT", "RMICRO", "SPX"})
		case "as-of":
			add(set, &f.asOf, session.ParseDate, name, "", "DATE", "day of the file, where it does not say it")
		case "columns":
			set.StringToStringVar(&f.columns, name, nil, "columns that are called otherwise, as in date=trade_date,close=Last")
		case "wide":
			set.BoolVar(&f.wide, name, false, "a column for each symbol instead of a row")
		case "levels":
			set.BoolVar(&f.levels, name, false, "the closes are of indices")
		case "decorated":
			set.BoolVar(&f.decorated, name, false, "numbers may have $ and commas")
		case "date-layout":
			set.StringVar(&f.layout, name, "", "how 2 January 2006 is written in the file (default 2006-01-02)")
		case "companies":
			set.StringVar(&f.companies, name, "", "the SEC's company_tickers.json, which names the symbols of company facts")
			_ = cmd.MarkFlagFilename(name, "json")
		}
	}
}

// keep writes what was read of a file into the store, and its report.
func (s *shell) keep(ctx context.Context, kept *store.Store, name string, batch store.Batch, report *importer.Report, err error) error {
	if report != nil {
		if failed := s.write([]byte(report.String() + "\n")); failed != nil {
			return failed
		}
	}
	if err != nil {
		return err
	}
	result, err := kept.Put(ctx, batch)
	if err != nil {
		return err
	}
	s.log.Info("imported", "file", name, "rows", result.Rows, "written", result.Written, "companies", result.Companies)
	return s.write(fmt.Appendf(nil, "into the store: %d of %d rows were news, %d new instruments\n", result.Written, result.Rows, result.Companies))
}

// fetch is the text of a file or of an https address.
func (s *shell) fetch(ctx context.Context, name string) ([]byte, error) {
	if scheme, _, address := strings.Cut(name, "://"); address && scheme != "https" {
		return nil, usagef("%s is no https address; give one, or a file that was downloaded", name)
	} else if !address {
		return orEnd(ctx, func() ([]byte, error) { return readFile(name) })
	}
	address, err := url.Parse(name)
	if err != nil {
		return nil, usagef("%s is no address", name)
	}
	base := url.URL{Scheme: address.Scheme, Host: address.Host}
	client, err := web.New(web.Options{Base: base.String(), UserAgent: "Mozilla/5.0 (compatible; " + s.agent() + ")", Transport: s.program.transport})
	if err != nil {
		return nil, err
	}
	defer client.Close()
	text, err := client.Get(ctx, address.EscapedPath(), address.Query())
	if err != nil {
		return nil, fmt.Errorf("%w; look at the address in a browser, or give a file that was downloaded", err)
	}
	return text, nil
}

func readFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no file %s; give the path of one, or its https address", name)
	case err != nil:
		return nil, fmt.Errorf("%s cannot be read: %w", name, reason(err))
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, maxImport+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s cannot be read: %w", name, reason(err))
	case len(text) > maxImport:
		return nil, fmt.Errorf("%s has more than %s", name, size(maxImport))
	}
	return text, nil
}

// importHoldings reads a list once for its day, and again beside the closes of
// that day, which tell wrong symbols.
func (s *shell) importHoldings(ctx context.Context, kept *store.Store, flags *imports, f file) (store.Batch, *importer.Report, error) {
	if flags.index == "" {
		return store.Batch{}, nil, usagef("gyre import holdings needs --index RUT, RMICRO or SPX")
	}
	opts := importer.Options{Index: strings.ToUpper(flags.index), AsOf: flags.asOf}
	batch, report, err := importer.Holdings(bytes.NewReader(f.text), f.name, opts)
	if err != nil {
		return batch, report, err
	}
	closes, err := kept.Closes(ctx, batch.Lists[0].AsOf)
	if err != nil || len(closes) == 0 {
		return batch, report, err
	}
	opts.Known = func(symbol string) (num.Price, bool) {
		price, ok := closes[symbol]
		return price, ok
	}
	return importer.Holdings(bytes.NewReader(f.text), f.name, opts)
}

func importPrices(_ context.Context, _ *store.Store, flags *imports, f file) (store.Batch, *importer.Report, error) {
	m := importer.Mapping{Wide: flags.wide, DateLayout: flags.layout, Decorated: flags.decorated}
	if err := flags.columnsInto(map[string]*string{
		"date": &m.Date, "symbol": &m.Symbol, "open": &m.Open, "high": &m.High, "low": &m.Low, "close": &m.Close,
		"volume": &m.Volume, "marketcap": &m.MarketCap, "only": &m.Only,
	}); err != nil {
		return store.Batch{}, nil, err
	}
	if m.Symbol == "" && m.Only == "" && !m.Wide {
		m.Symbol = "symbol"
	}
	if flags.levels {
		return importer.Levels(bytes.NewReader(f.text), f.name, m)
	}
	return importer.Closes(bytes.NewReader(f.text), f.name, m)
}

// importFacts reads company facts where the file is JSON, and columns otherwise.
func (s *shell) importFacts(ctx context.Context, _ *store.Store, flags *imports, f file) (store.Batch, *importer.Report, error) {
	if strings.Contains(strings.ToLower(f.name), ".json") {
		if flags.companies == "" {
			return store.Batch{}, nil, usagef("company facts need --companies company_tickers.json, which names their symbols")
		}
		text, err := s.fetch(ctx, flags.companies)
		if err != nil {
			return store.Batch{}, nil, err
		}
		companies, report, err := importer.Companies(bytes.NewReader(text), flags.companies)
		if err != nil {
			return store.Batch{}, report, err
		}
		return importer.CompanyFacts(bytes.NewReader(f.text), f.name, companies)
	}
	m := importer.FactsMapping{Decorated: flags.decorated}
	if flags.asOf != 0 {
		m.Known = flags.asOf.At(16, 0)
	}
	if err := flags.columnsInto(map[string]*string{
		"symbol": &m.Symbol, "debt": &m.Debt, "cash": &m.Cash, "preferred": &m.Preferred, "minority": &m.Minority,
		"shares": &m.Shares, "known_at": &m.KnownAt,
	}); err != nil {
		return store.Batch{}, nil, err
	}
	return importer.Facts(bytes.NewReader(f.text), f.name, m)
}

func importCalendar(_ context.Context, _ *store.Store, flags *imports, f file) (store.Batch, *importer.Report, error) {
	m := importer.EventMapping{Source: f.name}
	if err := flags.columnsInto(map[string]*string{
		"date": &m.Date, "time": &m.Time, "title": &m.Title, "country": &m.Country, "importance": &m.Importance,
		"actual": &m.Actual, "consensus": &m.Consensus, "previous": &m.Previous, "revised": &m.Revised,
	}); err != nil {
		return store.Batch{}, nil, err
	}
	return importer.Calendar(bytes.NewReader(f.text), f.name, m)
}

func importActions(_ context.Context, _ *store.Store, flags *imports, f file) (store.Batch, *importer.Report, error) {
	var m importer.ActionMapping
	if err := flags.columnsInto(map[string]*string{
		"symbol": &m.Symbol, "ex_date": &m.ExDate, "kind": &m.Kind, "ratio": &m.Ratio, "amount": &m.Amount,
		"new_symbol": &m.NewSymbol, "new_rate": &m.NewRate, "old_rate": &m.OldRate,
	}); err != nil {
		return store.Batch{}, nil, err
	}
	return importer.Actions(bytes.NewReader(f.text), f.name, m)
}

// columnsInto takes over the names of columns.
func (f *imports) columnsInto(known map[string]*string) error {
	for name, column := range f.columns {
		to, ok := known[strings.ToLower(name)]
		if !ok {
			return usagef("--columns knows no %s; it knows %s", name, strings.Join(slices.Sorted(maps.Keys(known)), ", "))
		}
		*to = column
	}
	return nil
}

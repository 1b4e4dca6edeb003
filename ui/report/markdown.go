package report

import (
	"strings"

	"gyre/model"
	"gyre/ui/theme"
)

func renderMarkdown(s *model.Snapshot, o Options) []byte {
	p := newAuthor(s, o, theme.New(theme.Options{Ground: theme.Mono})).page()
	say := markdownEscapes()
	var b strings.Builder
	b.WriteString("# " + say.Replace(p.title) + "\n\n")
	b.WriteString("**" + say.Replace(strings.Join(p.badges, " · ")) + "**\n")
	for _, line := range p.lead {
		b.WriteString("\n" + say.Replace(line) + "\n")
	}
	for _, sec := range p.sections {
		b.WriteString("\n## " + say.Replace(sec.title) + "\n")
		if sec.context != "" {
			b.WriteString("\n" + say.Replace(sec.context) + "\n")
		}
		for _, t := range sec.tables {
			b.WriteByte('\n')
			t.markdown(&b, say)
		}
		if len(sec.notes) > 0 {
			b.WriteByte('\n')
		}
		for _, note := range sec.notes {
			b.WriteString("- " + say.Replace(note) + "\n")
		}
	}
	return []byte(b.String())
}

func (t table) markdown(b *strings.Builder, say *strings.Replacer) {
	for _, col := range t.columns {
		b.WriteString("| " + say.Replace(col.head) + " ")
	}
	b.WriteString("|\n")
	for _, col := range t.columns {
		if col.left {
			b.WriteString("|---")
		} else {
			b.WriteString("|--:")
		}
	}
	b.WriteString("|\n")
	for _, row := range t.rows {
		for _, cell := range row {
			b.WriteString("| " + say.Replace(cell) + " ")
		}
		b.WriteString("|\n")
	}
}

// markdownEscapes takes the meaning from every sign that has one in Markdown
// or HTML, so that data cannot become markup.
func markdownEscapes() *strings.Replacer {
	var pairs []string
	for _, sign := range `\|*_[]~#` + "`" {
		pairs = append(pairs, string(sign), `\`+string(sign))
	}
	return strings.NewReplacer(append(pairs, "&", "&amp;", "<", "&lt;", ">", "&gt;")...)
}

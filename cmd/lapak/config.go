package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
)

// serveConfig is what serve runs with. A flag beats LAPAK_… in the
// environment, which beats the config file, which beats the default.
type serveConfig struct {
	Data          string
	Listen        string
	PublicListen  string
	MetricsListen string
	PublicURL     string
	TLSCert       string
	TLSKey        string
	PublicPlain   bool
	TrustedProxy  []string
	InsecureLAN   bool
	NoPromises    bool
	Config        string
}

func (c *serveConfig) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&c.Data, "data", defaultData, "data directory")
	f.StringVar(&c.Listen, "listen", "127.0.0.1:8080", "address for staff and screens")
	f.StringVar(&c.PublicListen, "public-listen", "", "address for visitors' pages only")
	f.StringVar(&c.MetricsListen, "metrics-listen", "", "address for /metrics (default: the staff address, for managers)")
	f.StringVar(&c.PublicURL, "public-url", "", "address that visitors see, for links and tickets")
	f.StringVar(&c.TLSCert, "tls-cert", "", "certificate with its chain (PEM): HTTPS instead of HTTP; needs --tls-key")
	f.StringVar(&c.TLSKey, "tls-key", "", "private key of --tls-cert (PEM)")
	f.BoolVar(&c.PublicPlain, "public-plain", false, "plain HTTP for visitors although --tls-cert is given, whose authority their phones do not know")
	f.StringSliceVar(&c.TrustedProxy, "trusted-proxy", nil, "network whose X-Forwarded-For is believed")
	f.BoolVar(&c.InsecureLAN, "insecure-lan", false, "allow plain HTTP beyond this machine")
	f.BoolVar(&c.NoPromises, "no-promises", false, "learn from the branch's days, but tell nobody a forecast of their wait")
	f.StringVar(&c.Config, "config", "", "config file (default: DATA/config.json when it exists)")
}

// settle fills what no flag set from the environment and the config file.
func (c *serveConfig) settle(cmd *cobra.Command) error {
	f := cmd.Flags()
	if v, ok := os.LookupEnv("LAPAK_DATA"); ok && !f.Changed("data") {
		c.Data = v
	}
	if v, ok := os.LookupEnv("LAPAK_CONFIG"); ok && !f.Changed("config") {
		c.Config = v
	}
	file, err := c.readFile()
	if err != nil {
		return err
	}
	for _, name := range []string{"data", "listen", "public-listen", "metrics-listen", "public-url", "tls-cert", "tls-key", "public-plain", "trusted-proxy", "insecure-lan", "no-promises"} {
		if f.Changed(name) {
			continue
		}
		from, value := "LAPAK_"+strings.ToUpper(strings.ReplaceAll(name, "-", "_")), ""
		if v, ok := os.LookupEnv(from); ok {
			value = v
		} else if v, ok := file[strings.ReplaceAll(name, "-", "_")]; ok {
			from, value = c.Config, v
		} else {
			continue
		}
		if err := f.Set(name, value); err != nil {
			return badInput("%s: %s: %v", from, name, err)
		}
	}
	return c.check()
}

// readFile reads the config file as flat text values; an unknown key is an
// error, since a misspelt setting must not look as if it worked.
func (c *serveConfig) readFile() (map[string]string, error) {
	named := c.Config != ""
	if !named {
		c.Config = filepath.Join(c.Data, "config.json")
	}
	b, err := os.ReadFile(c.Config)
	if errors.Is(err, os.ErrNotExist) && !named {
		return nil, nil
	}
	if err != nil {
		return nil, badInput("--config: %v", err)
	}
	var v struct {
		Data          *string  `json:"data"`
		Listen        *string  `json:"listen"`
		PublicListen  *string  `json:"public_listen"`
		MetricsListen *string  `json:"metrics_listen"`
		PublicURL     *string  `json:"public_url"`
		TLSCert       *string  `json:"tls_cert"`
		TLSKey        *string  `json:"tls_key"`
		PublicPlain   *bool    `json:"public_plain"`
		TrustedProxy  []string `json:"trusted_proxy"`
		InsecureLAN   *bool    `json:"insecure_lan"`
		NoPromises    *bool    `json:"no_promises"`
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&v); err != nil {
		return nil, badInput("%s: %v", c.Config, err)
	}
	m := map[string]string{}
	for key, p := range map[string]*string{"data": v.Data, "listen": v.Listen, "public_listen": v.PublicListen,
		"metrics_listen": v.MetricsListen, "public_url": v.PublicURL, "tls_cert": v.TLSCert, "tls_key": v.TLSKey} {
		if p != nil {
			m[key] = *p
		}
	}
	if v.TrustedProxy != nil {
		m["trusted_proxy"] = strings.Join(v.TrustedProxy, ",")
	}
	for key, p := range map[string]*bool{"public_plain": v.PublicPlain, "insecure_lan": v.InsecureLAN, "no_promises": v.NoPromises} {
		if p != nil {
			m[key] = fmt.Sprint(*p)
		}
	}
	return m, nil
}

func (c *serveConfig) check() error {
	if _, err := c.proxies(); err != nil {
		return err
	}
	switch {
	case c.TLSCert != "" && c.TLSKey == "":
		return badInput("--tls-key: is missing; --tls-cert needs the key of its certificate")
	case c.TLSCert == "" && c.TLSKey != "":
		return badInput("--tls-cert: is missing; --tls-key is the key of a certificate")
	case c.PublicPlain && (c.TLSCert == "" || c.PublicListen == ""):
		return badInput("--public-plain: has a meaning only beside --tls-cert and --public-listen")
	case c.PublicPlain && strings.HasPrefix(c.PublicURL, "https:"):
		return badInput("--public-url: begins with https, and --public-plain serves visitors over plain HTTP; write http://")
	}
	for _, l := range []struct {
		name, addr string
		safe       bool
	}{
		{"--listen", c.Listen, c.encrypted()},
		{"--public-listen", c.PublicListen, c.encrypted()},
		{"--metrics-listen", c.MetricsListen, false},
	} {
		if l.addr == "" {
			continue
		}
		if err := checkAddress(l.name, l.addr, l.safe || c.InsecureLAN); err != nil {
			return err
		}
	}
	return nil
}

// encrypted reports whether people and screens are served over HTTPS. The metrics
// are not: what reads them runs beside the branch.
func (c *serveConfig) encrypted() bool { return c.TLSCert != "" }

// plainLAN reports whether people and screens are served over plain HTTP beyond
// this machine.
func (c *serveConfig) plainLAN() bool { return c.InsecureLAN && !c.encrypted() }

// checkAddress refuses plain HTTP beyond loopback unless it was asked for.
func checkAddress(name, addr string, insecure bool) error {
	host, _, err := splitAddress(addr)
	if err != nil {
		return badInput("%s: %q is no HOST:PORT", name, addr)
	}
	if insecure || host == "localhost" {
		return nil
	}
	if ip, err := netip.ParseAddr(host); err == nil && ip.IsLoopback() {
		return nil
	}
	wayOut := "give --tls-cert and --tls-key, or add --insecure-lan to allow it"
	if name == "--metrics-listen" {
		wayOut = "add --insecure-lan to allow it"
	}
	return badInput("%s: %s is reachable from other machines without encryption; %s", name, addr, wayOut)
}

func splitAddress(addr string) (host, port string, err error) {
	i := strings.LastIndexByte(addr, ':')
	if i < 0 {
		return "", "", errors.New("no port")
	}
	return strings.Trim(addr[:i], "[]"), addr[i+1:], nil
}

func (c *serveConfig) proxies() ([]netip.Prefix, error) {
	var list []netip.Prefix
	for _, text := range c.TrustedProxy {
		p, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, badInput("--trusted-proxy: %q is no network such as 10.0.0.0/24", text)
		}
		list = append(list, p)
	}
	return list, nil
}

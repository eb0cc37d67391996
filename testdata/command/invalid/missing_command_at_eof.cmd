DOMAIN=example.com
  EOF


/** The page report.html: what it is made of in bounded memory, and how it is written. */
package eddy.report.html;
